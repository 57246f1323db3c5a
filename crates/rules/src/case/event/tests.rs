//! What an event says of what was before it, and by which name.

use super::*;

fn filed(was: Option<Former>) -> Event {
    Event {
        from: Some(StateName::Reported),
        to: StateName::Filed,
        grid: GridId(uuid::Uuid::from_u128(1)),
        was,
        category: "20110".parse().ok(),
        owner: None,
        due: None,
        stands_for: None,
        deed: Deed::Filed { condition: None },
    }
}

#[test]
fn a_call_that_nobody_heard_has_another_name_than_one_that_nobody_came_to() {
    let climbed = |unheard| Deed::Climbed {
        departments: Vec::new(),
        called: Vec::new(),
        unheard,
    };
    assert_eq!(climbed(true).name(), "unheard");
    assert_eq!(climbed(false).name(), "climbed");
}

#[test]
fn a_category_that_was_none_is_told_from_one_that_did_not_change() {
    let first = filed(Some(Former::None(Nothing())));
    let text = serde_json::to_string(&first).unwrap();
    let read: Event = serde_json::from_str(&text).unwrap();
    assert_eq!(read, first);
    assert_eq!(read.category_before(), None);
    assert_eq!(filed(None).category_before(), filed(None).category.as_ref());
}
