//! Who people are to a school and to a child.

use serde::{Deserialize, Serialize};

/// Declares an enum that is stored and sent as a fixed lower-case word.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word in the database and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                $name::from_word(word).ok_or(())
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(word: String) -> Result<Self, String> {
                $name::from_word(&word).ok_or_else(|| format!("`{word}` is no {}", stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// A role on a school's staff. One account may hold several.
    pub enum StaffRole {
        Director = "director",
        Teacher = "teacher",
        Specialist = "specialist",
        Office = "office",
    }
}

words! {
    /// What a guardianship lets the guardian see.
    pub enum Scope {
        /// Custody: everything about the child, and a voice in the image preferences.
        Full = "full",
        /// No custody: only what a director releases.
        OnRequest = "on_request",
        /// A court order: no access, silently.
        None = "none",
    }
}

words! {
    /// What a guardian is to the child; free of legal meaning, that is [`Scope`]'s.
    pub enum Relation {
        Mother = "mother",
        Father = "father",
        Parent = "parent",
        Carer = "carer",
        Other = "other",
    }
}

/// In which capacity somebody speaks, shown beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Capacity {
    Staff(StaffRole),
    Guardian,
}
