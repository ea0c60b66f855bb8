//! Words for what people are to a school or a child.

use model::roles::{Relation, Scope, StaffRole};
use texts::{Lang, roles};

pub fn role_text(lang: Lang, role: StaffRole) -> &'static str {
    lang.get(match role {
        StaffRole::Director => roles::DIRECTOR,
        StaffRole::Teacher => roles::TEACHER,
        StaffRole::Specialist => roles::SPECIALIST,
        StaffRole::Office => roles::OFFICE,
    })
}

pub fn relation_text(lang: Lang, relation: Relation) -> &'static str {
    lang.get(match relation {
        Relation::Mother => roles::MOTHER,
        Relation::Father => roles::FATHER,
        Relation::Parent => roles::PARENT,
        Relation::Carer => roles::CARER,
        Relation::Other => roles::OTHER,
    })
}

/// What a scope means, in a sentence.
pub fn scope_text(lang: Lang, scope: Scope) -> &'static str {
    lang.get(match scope {
        Scope::Full => roles::FULL,
        Scope::OnRequest => roles::ON_REQUEST,
        Scope::None => roles::NONE,
    })
}

/// A scope in a word or two.
pub fn short_scope_text(lang: Lang, scope: Scope) -> &'static str {
    lang.get(match scope {
        Scope::Full => roles::FULL_SHORT,
        Scope::OnRequest => roles::ON_REQUEST_SHORT,
        Scope::None => roles::NONE_SHORT,
    })
}

/// `data-kind` of the badge of a scope.
pub fn scope_kind(scope: Scope) -> &'static str {
    match scope {
        Scope::Full => "quiet",
        Scope::OnRequest => "warning",
        Scope::None => "danger",
    }
}

/// All relations, for a choice.
pub fn relation_choices(lang: Lang) -> Vec<(String, String)> {
    Relation::ALL.iter().map(|one| (one.as_str().to_owned(), relation_text(lang, *one).to_owned())).collect()
}

/// These scopes, for a choice.
pub fn scope_choices(lang: Lang, scopes: &[Scope]) -> Vec<(String, String)> {
    scopes.iter().map(|one| (one.as_str().to_owned(), scope_text(lang, *one).to_owned())).collect()
}

/// These roles, for a choice.
pub fn role_choices(lang: Lang, roles: &[StaffRole]) -> Vec<(String, String)> {
    roles.iter().map(|one| (one.as_str().to_owned(), role_text(lang, *one).to_owned())).collect()
}
