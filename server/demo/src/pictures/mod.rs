//! Drawn pictures.

const KEYS: &[&str] = &[
    "school",
    "plein",
    "toren",
    "dijk",
    "ikker",
    "skutsje",
    "schaatsen",
    "fietsexamen",
    "sterren",
    "moestuin",
    "kippen",
    "leeskring",
    "gym",
    "zwemmen",
    "knutselen",
    "muziek",
    "verjaardag",
    "koningsspelen",
    "bus",
    "herfst",
    "sneeuwpop",
    "bomen",
    "proefjes",
    "brood",
    "museum",
    "molen",
    "tulpen",
    "poster",
    "kraampjes",
    "boekenkast",
    "schaken",
    "kampvuur",
    "boerderij",
    "regen",
    "vlieger",
    "sportdag",
    "kerst",
    "lammetjes",
    "rekenen",
    "strand",
    "toneel",
];

pub(crate) const VARIANTS: usize = 8;

pub(crate) fn scene_place(key: &str) -> Option<usize> {
    KEYS.iter().position(|one| *one == key)
}

pub(crate) fn scene_count() -> usize {
    KEYS.len()
}

/// How large a picture is drawn. The short side comes first when the picture is portrait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    /// 1600 × 1200 pixels.
    Small,
    /// 4032 × 3024 pixels, what a telephone takes.
    TwelveMegapixels,
}

/// How many pictures there are.
pub fn picture_count() -> usize {
    scene_count() * VARIANTS
}

/// One Dutch sentence for those who cannot see the picture. Empty beyond [`picture_count`].
pub fn picture_description(_index: usize) -> &'static str {
    ""
}
