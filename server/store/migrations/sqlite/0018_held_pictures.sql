-- Staff are told on every page whether something waits for them.
CREATE INDEX media_children_held ON media_children (school_id) WHERE held_since IS NOT NULL;
