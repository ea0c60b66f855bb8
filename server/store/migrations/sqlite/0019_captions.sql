-- What stands under a picture for everybody; its description is for those who can't see it.
ALTER TABLE media ADD COLUMN caption TEXT NOT NULL DEFAULT '';
