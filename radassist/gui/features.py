"""Which features the window has: objects of their own that connect their acts and live as long as the window."""

from radassist import paths
from radassist.gui.archive.archive_presenter import ArchivePresenter
from radassist.gui.beside.beside_presenter import BesidePresenter
from radassist.gui.beside.second_side import SecondSide
from radassist.gui.beside.twin_presenter import TwinPresenter
from radassist.gui.blocks.weights_presenter import WeightsPresenter
from radassist.gui.deidentify.deidentify_presenter import DeidentifyPresenter
from radassist.gui.explain.hide_presenter import HidePresenter
from radassist.gui.explain.map_tests import MapTests
from radassist.gui.explain.robustness_presenter import RobustnessPresenter
from radassist.gui.explain.why_presenter import WhyPresenter
from radassist.gui.explain.zones_presenter import ZonesPresenter
from radassist.gui.film.presentation_presenter import PresentationPresenter
from radassist.gui.film.viewing_presenter import ViewingPresenter
from radassist.gui.film.window_presenter import WindowPresenter
from radassist.gui.help_presenter import HelpPresenter
from radassist.gui.inside.bench_presenter import BenchPresenter
from radassist.gui.inside.channels_presenter import ChannelsPresenter
from radassist.gui.inside.core_presenter import CorePresenter
from radassist.gui.inside.field_presenter import FieldPresenter
from radassist.gui.inside.input_presenter import InputPresenter
from radassist.gui.inside.network_desk import NetworkDesk
from radassist.gui.keys.keys_presenter import KeysPresenter
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.measure_presenter import MeasurePresenter
from radassist.gui.measure.scale_acts import ScaleActs
from radassist.gui.models.model_presenter import ModelPresenter
from radassist.gui.node.node_presenter import NodePresenter
from radassist.gui.pictures.picture_presenter import PicturePresenter
from radassist.gui.preferences.preferences_presenter import PreferencesPresenter
from radassist.gui.preferences.threshold_presenter import ThresholdPresenter
from radassist.gui.presenter import Presenter
from radassist.gui.reading.reading_features import add_reading
from radassist.gui.recent.recent_presenter import RecentPresenter
from radassist.gui.results.dicom_presenter import DicomPresenter
from radassist.gui.results.maps_presenter import MapsPresenter
from radassist.gui.results.table_presenter import TablePresenter
from radassist.gui.settings import WindowSettings
from radassist.gui.sheet.sheet_presenter import SheetPresenter
from radassist.gui.tags.tags_presenter import TagsPresenter
from radassist.gui.truth.truth_presenter import TruthPresenter
from radassist.gui.undo_presenter import UndoPresenter
from radassist.gui.welcome.welcome_presenter import WelcomePresenter
from radassist.gui.worklist.columns_presenter import ColumnsPresenter
from radassist.gui.worklist.folds_presenter import FoldsPresenter
from radassist.gui.worklist.removal_presenter import RemovalPresenter
from radassist.store.mark_files import MarkFiles


def add_features(window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
    """Give the window what does not belong to the story of films and queue; the window owns each of them."""
    HelpPresenter(window, presenter)
    KeysPresenter(window, settings)
    side = SecondSide(window)
    BesidePresenter(window, presenter, settings, side)
    windows = WindowPresenter(window, presenter, window.theme)
    windows.offers.append(PresentationPresenter(window, presenter).offered)
    TagsPresenter(window, presenter)
    RecentPresenter(window, presenter, settings)
    ModelPresenter(window, presenter, settings)
    PreferencesPresenter(window, presenter, settings, ThresholdPresenter(window, presenter, settings))
    WelcomePresenter(window, settings)
    UndoPresenter(window)
    measuring = MeasurePresenter(window, presenter, MarkFiles(paths.marks_dir()))
    ScaleActs(window, presenter, settings, measuring.layer_on)
    ArchivePresenter(window, presenter, settings)
    DeidentifyPresenter(window, presenter, settings)
    DicomPresenter(window, presenter, settings, measuring.book)
    MapsPresenter(window, presenter, settings)
    TablePresenter(window, presenter, settings)
    PicturePresenter(window, presenter, settings, measuring.layer_on)
    ViewingPresenter(window)
    ColumnsPresenter(window, settings)
    FoldsPresenter(window)
    RemovalPresenter(window, presenter)
    WeightsPresenter(window, presenter)
    CorePresenter(window, presenter, settings, measuring.layer_on)
    network = NetworkDesk(presenter, window)
    FieldPresenter(window, presenter, settings, network)
    ChannelsPresenter(window, presenter, network)
    BenchPresenter(window, presenter, network)
    why = WhyPresenter(window, presenter)
    TwinPresenter(window, presenter, settings, side, why.panel)
    MapTests(window.theme, why, presenter.runner)
    RobustnessPresenter(window.theme, why.panel, presenter)
    HidePresenter(window, why.panel, presenter)
    ZonesPresenter(window, presenter, settings)
    InputPresenter(window, presenter)
    add_reading(window, presenter, settings)
    SheetPresenter(window, presenter, settings, measuring.first.layer)
    TruthPresenter(window, presenter, settings)
    NodePresenter(window, presenter, settings)
