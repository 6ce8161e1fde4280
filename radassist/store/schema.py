"""The tables, one step a version: a file of an older version takes the steps it lacks, in order. Steps never change."""

MIGRATIONS: tuple[str, ...] = (
    """
    -- Whatever a score depends on besides the film.
    CREATE TABLE conditions (
        id INTEGER PRIMARY KEY,
        program TEXT NOT NULL,
        model TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        card_sha256 TEXT NOT NULL,
        preprocessing TEXT NOT NULL,
        threshold REAL NOT NULL,
        UNIQUE (program, model, model_sha256, card_sha256, preprocessing, threshold)
    );

    -- Names as bytes: on Linux they need not be text.
    CREATE TABLE film (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL,
        member BLOB NOT NULL,
        UNIQUE (path, member)
    );

    -- The file as it was when its result was made, and the result: a worklist item that has ended.
    CREATE TABLE result (
        id INTEGER PRIMARY KEY,
        film INTEGER NOT NULL REFERENCES film,
        conditions INTEGER NOT NULL REFERENCES conditions,
        size INTEGER,
        mtime_ns INTEGER,
        sha256 TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('scored', 'refused', 'failed')),
        outcome TEXT NOT NULL
    );
    CREATE INDEX result_by_film ON result (film, conditions);
    CREATE INDEX result_by_size ON result (size, conditions) WHERE state = 'scored';
    CREATE INDEX result_by_content ON result (sha256, conditions) WHERE state = 'scored';

    -- closed_at is NULL until every film has its result, or nobody wants the rest any more.
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        conditions INTEGER NOT NULL REFERENCES conditions,
        began_at TEXT NOT NULL,
        closed_at TEXT
    );

    -- The films of a run; result is NULL for those still to be done.
    CREATE TABLE run_film (
        run INTEGER NOT NULL REFERENCES run,
        number INTEGER NOT NULL,
        film INTEGER NOT NULL REFERENCES film,
        result INTEGER REFERENCES result,
        PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
    CREATE INDEX run_film_by_film ON run_film (film, run);
    """,
    """
    -- What readers said of films, by content. An answer is taken back by a row that names it: rows are only added.
    -- The columns from model on are the score in view; NULL where the film was read blind.
    CREATE TABLE reading (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        undoes INTEGER UNIQUE REFERENCES reading,
        study TEXT NOT NULL DEFAULT '',
        opinion TEXT,
        label TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        model TEXT,
        model_sha256 TEXT,
        probability REAL,
        threshold REAL,
        decision TEXT,
        CHECK ((opinion IS NULL) = (undoes IS NOT NULL))
    );
    CREATE INDEX reading_by_film ON reading (sha256, id);
    CREATE TRIGGER reading_is_not_changed BEFORE UPDATE ON reading BEGIN
        SELECT RAISE(ABORT, 'readings are only added');
    END;
    CREATE TRIGGER reading_is_not_removed BEFORE DELETE ON reading BEGIN
        SELECT RAISE(ABORT, 'readings are only added');
    END;
    """,
    """
    -- Whose answer a reader had seen of a film, on whatever day: an answer given after that is not a blind one.
    CREATE TABLE shown_score (
        sha256 TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        PRIMARY KEY (sha256, model_sha256)
    ) WITHOUT ROWID;
    ALTER TABLE reading ADD COLUMN shown_before INTEGER NOT NULL DEFAULT 0;
    """,
)
