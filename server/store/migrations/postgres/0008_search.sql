-- What can be searched: published posts, comments, names of pictures.
CREATE TABLE search_entries (
    num BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Of the post, the comment or the picture.
    entry_id UUID NOT NULL,
    school_id UUID NOT NULL REFERENCES schools (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    kind TEXT NOT NULL,
    -- The school once more, as a word of the index.
    scope TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (post_id, entry_id)
);
-- Without accents, and with blanks where the parser would take words and punctuation for an address or a file.
CREATE FUNCTION search_fold(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(translate(words, 'áàâäãåçéèêëíìîïñóòôöõúùûüýÿÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝ._-/@', 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy     '));
-- Words as they stand, for the beginnings of words, and their stems; the title counts for more.
CREATE FUNCTION search_words(scope TEXT, title TEXT, body TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(ARRAY[scope])
        || setweight(to_tsvector('dutch'::regconfig, search_fold(title)), 'A')
        || setweight(to_tsvector('simple'::regconfig, search_fold(title)), 'A')
        || to_tsvector('dutch'::regconfig, search_fold(body))
        || to_tsvector('simple'::regconfig, search_fold(body));
CREATE INDEX search_index ON search_entries USING gin (search_words(scope, title, body));
