//! Lists for staff: who may be pictured for what.

use super::{ids_of, purposes::texts_of};
use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Rules},
    policy::{self, Action, Target},
};
use model::{
    ChildId, GroupId,
    consent::{GroupPreferenceRow, GroupPreferences, LegalBasis},
};
use store::PurposeRow;
use texts::Lang;

/// A group's list for staff: who may be pictured for what.
pub async fn find_group_preferences(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    group: GroupId,
) -> Result<GroupPreferences> {
    let (school, row) = actor
        .schools()
        .iter()
        .find_map(|school| school.groups.iter().find(|row| row.id == group && !row.is_school).map(|row| (school, row)))
        .ok_or_else(Error::not_found)?;
    policy::require(actor, Action::SeePreferences, Target::Group { school: school.id, group })?;
    let mut read = portal.store.read().await?;
    let purposes: Vec<PurposeRow> = read
        .list_purposes(school.id)
        .await?
        .into_iter()
        .filter(|purpose| purpose.basis == LegalBasis::Consent)
        .collect();
    let children = read.list_children_of_groups(school.id, &[group]).await?;
    let ids: Vec<ChildId> = children.iter().map(|child| child.id).collect();
    let rules = Rules::new(&school.settings, &school.time_zone, portal.clock.now());
    let answers = gate::answers(&mut read, &rules, &ids_of(&purposes), &ids).await?;
    Ok(GroupPreferences {
        group: row.name.clone(),
        purposes: purposes.iter().map(|purpose| Ok(texts_of(purpose, lang)?.0)).collect::<Result<_>>()?,
        children: children
            .into_iter()
            .map(|child| GroupPreferenceRow {
                child: child.id,
                name: format!("{} {}", child.given_name, child.family_name),
                answers: purposes.iter().map(|purpose| answers.of(child.id, purpose.id)).collect(),
            })
            .collect(),
    })
}
