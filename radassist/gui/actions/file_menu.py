"""The acts of the File menu: opening, exporting, leaving."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

FILE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_files", Menu.FILE, "&Open films…", ("Ctrl+O",), "Open DICOM, PNG, JPEG or TIFF files.", "open"),
    ActionSpec(
        "open_folder", Menu.FILE, "Open &folder…", ("Ctrl+Shift+O",), "Open every film below a folder.", "folder"
    ),
    ActionSpec(
        "reopen_last",
        Menu.FILE,
        "Reopen the &last study",
        ("Ctrl+Shift+L",),
        "Open what was opened last.",
    ),
    ActionSpec(
        "search_archive",
        Menu.FILE,
        "Search an &archive…",
        ("Ctrl+Shift+F",),
        "Find studies in the archive named in the preferences, and open their films.",
    ),
    ActionSpec(
        "choose_archive",
        Menu.FILE,
        "Choose an archi&ve…",
        (),
        "Name the archive that is searched, or none: then no connection is opened.",
    ),
    ActionSpec("forget_recent", Menu.FILE, "For&get what was opened", (), "Empty the list of what was opened before."),
    ActionSpec(
        "export_csv",
        Menu.FILE,
        "&Export CSV…",
        ("Ctrl+E",),
        "Write one row a film to a CSV file.",
        "export",
        Need.ITEMS,
        starts_group=True,
    ),
    ActionSpec(
        "export_selected",
        Menu.FILE,
        "Export selected ro&ws…",
        (),
        "Write one row a selected film to a CSV file; Ctrl, Shift and a click select several in the list.",
        "",
        Need.SELECTION,
    ),
    ActionSpec(
        "export_identified",
        Menu.FILE,
        "Export CSV with &notes…",
        ("Ctrl+Shift+E",),
        "The same with your notes and the UIDs of studies: it may tell who the patients are.",
        "",
        Need.ITEMS,
    ),
    ActionSpec(
        "export_picture",
        Menu.FILE,
        "Save &picture…",
        ("Ctrl+S",),
        "Save the film as it is shown as PNG, JPEG or TIFF.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "case_sheet",
        Menu.FILE,
        "Case s&heet…",
        ("Ctrl+P",),
        "Film, answer, maps, measurements and model on one page, as PDF or HTML.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "dicom_results",
        Menu.FILE,
        "Save results as &DICOM…",
        ("Ctrl+Shift+D",),
        "Report, picture, view and map as DICOM objects that any viewer shows.",
        "",
        Need.ITEMS,
    ),
    ActionSpec(
        "deidentify",
        Menu.FILE,
        "De-&identified copies…",
        (),
        "Copy films, and their results, without anything that names a patient.",
        "",
        Need.ITEMS,
    ),
    ActionSpec(
        "clear",
        Menu.FILE,
        "&Close all films",
        ("Ctrl+W",),
        "Empty the worklist; files stay where they are.",
        "",
        Need.ITEMS,
    ),
    ActionSpec(
        "preferences", Menu.FILE, "&Preferences…", ("Ctrl+,",), "Colours, mouse, scoring, folders.", starts_group=True
    ),
    ActionSpec("quit", Menu.FILE, "&Quit", ("Ctrl+Q",), "Leave the program.", starts_group=True),
)
