-- The latest answer of each guardian is found without a look at the rows themselves.
DROP INDEX consent_answers_by_child;
CREATE INDEX consent_answers_by_child ON consent_answers (child_id, purpose_id, account_id, seq, yes);
