-- Photos that were turned or cropped: their files are made anew, under names of their own. None: as they came.
ALTER TABLE media ADD COLUMN edition BLOB;
