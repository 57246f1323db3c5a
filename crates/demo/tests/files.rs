//! The committed files are what the generator writes, and say what the issue promises.

use calamine::{Reader, Xlsx};
use demo::catalogue::categories;
use demo::files::{COMMITTED_SEED, files, write_files};
use demo::ground::{COMMUNITY, ground};
use demo::people::{Kind, UNITS, people};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn committed() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/minghu"))
}

#[test]
fn the_committed_files_equal_what_the_generator_writes() -> Outcome {
    if std::env::var_os("WEIGE_REWRITE_DEMO").is_some() {
        write_files(committed(), COMMITTED_SEED)?;
    }
    for (name, bytes) in files(COMMITTED_SEED)? {
        let kept = std::fs::read(committed().join(&name))?;
        // Another build of the packing library may pack the same sheets into other bytes, so workbooks are unpacked.
        let same = if name.ends_with(".xlsx") {
            cells(kept)? == cells(bytes)?
        } else {
            kept == bytes
        };
        assert!(
            same,
            "{name} differs; run the test with WEIGE_REWRITE_DEMO=1 and look at the change"
        );
    }
    Ok(())
}

/// Every sheet's name, texts and merged blocks.
fn cells(bytes: Vec<u8>) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name)?;
        all.extend(
            range
                .used_cells()
                .map(|(row, column, cell)| format!("{name} {row} {column} {cell}")),
        );
        let merged = book.merge_cells_by_sheet_name(&name)?;
        all.push(format!("{merged:?}"));
    }
    Ok(all)
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_ground() -> Outcome {
    assert_eq!(files(5)?, files(5)?);
    assert_ne!(files(5)?[0], files(6)?[0]);
    Ok(())
}

#[test]
fn the_catalogue_has_a_hundred_sub_classes_and_a_hundred_and_fifty_conditions_with_unique_codes()
-> Outcome {
    let categories = categories()?;
    let conditions: Vec<&String> = categories
        .iter()
        .flat_map(|one| &one.conditions)
        .map(|one| &one.code)
        .collect();
    assert!(categories.len() >= 100 && conditions.len() >= 150);
    assert_eq!(
        conditions.iter().collect::<BTreeSet<_>>().len(),
        conditions.len()
    );
    for category in &categories {
        assert!(
            category.code.starts_with(&category.class.0) && category.code.len() == 5,
            "{}",
            category.code
        );
        assert!(
            !category.conditions.is_empty() && !category.words.is_empty(),
            "{}",
            category.code
        );
    }
    Ok(())
}

#[test]
fn every_handling_unit_of_the_catalogue_has_somebody_who_answers() -> Outcome {
    let own = ["网格员", "微网格员", "社区居委会", "综合执法队"];
    for category in categories()? {
        let unit = category.unit.as_str();
        assert!(
            own.contains(&unit) || UNITS.iter().any(|known| known.name == unit),
            "{} {unit}",
            category.code
        );
    }
    Ok(())
}

#[test]
fn posts_are_as_many_as_in_the_reference_community_and_accounts_and_phones_are_unique() -> Outcome {
    let people = people(1, &ground(1)?);
    let count = |kind| people.posts.iter().filter(|post| post.kind == kind).count();
    let kinds = [
        Kind::Lead,
        Kind::Steward,
        Kind::Worker,
        Kind::Volunteer,
        Kind::Officer,
        Kind::Supervisor,
        Kind::Desk,
    ];
    assert_eq!(kinds.map(count), [17, 79, 16, 121, 12, 1, 1]);
    let accounts: Vec<&str> = people
        .posts
        .iter()
        .map(|post| post.account.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let unique: BTreeSet<&str> = accounts.iter().copied().collect();
    assert_eq!(unique.len(), accounts.len());
    for name in [
        "desk",
        "lead-01",
        "lead-16",
        "steward-79",
        "worker-16",
        "officer-12",
        "supervisor",
        "department-water",
    ] {
        assert!(unique.contains(name), "{name}");
    }
    let phones: BTreeSet<&String> = people.posts.iter().map(|post| &post.phone).collect();
    assert_eq!(phones.len(), people.posts.len());
    assert!(
        phones
            .iter()
            .all(|phone| phone.len() == 11 && phone.starts_with("100"))
    );
    Ok(())
}

#[test]
fn a_deputy_is_somebody_else_with_an_account_and_every_grid_served_exists() -> Outcome {
    let ground = ground(1)?;
    let people = people(1, &ground);
    for post in &people.posts {
        assert!(
            ground.grids.iter().any(|grid| grid.code == post.grid),
            "{}",
            post.name
        );
        let known = people
            .posts
            .iter()
            .any(|other| other.account == post.deputy && other.account != post.account);
        assert!(post.deputy.is_empty() || known, "{}", post.account);
    }
    assert!(
        people
            .posts
            .iter()
            .any(|post| post.grid == COMMUNITY && post.account == "community-lead")
    );
    Ok(())
}
