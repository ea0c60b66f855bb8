-- What the server has seen behind links in posts. One row a school and address: a school that wants no cards has none.
CREATE TABLE link_cards (
    school_id UUID NOT NULL REFERENCES schools (id),
    url TEXT NOT NULL,
    -- Host as it is spelled in the network (xn--…), so that a look-alike shows.
    host TEXT NOT NULL,
    -- Empty when there is nothing to show.
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    PRIMARY KEY (school_id, url)
);
