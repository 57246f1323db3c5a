//! The catalogue of data classes and the tables say the same, on both databases; the data dictionary is made from both.
//! `WEIGE_GOLDEN=write` writes docs/data-dictionary.md anew.

use std::fmt::Write as _;
use std::path::Path;

use rules::ids::CommunityId;
use rules::privacy::classes::{Column, DataClasses, Mask, Retention, Since};
use sea_orm::ConnectionTrait;
use store::data_classes::{DATA_CLASSES, Existing};
use store::{Error, Store, Unit};
use testkit::on_both_databases;

fn catalogue() -> DataClasses {
    DataClasses::parse(DATA_CLASSES).expect("the catalogue keeps the rules of its classes")
}

async fn columns(store: &Store) -> Vec<Existing> {
    store.reader().columns().await.expect("a list of columns")
}

fn pairs<'a>(columns: &'a [Existing]) -> Vec<(&'a str, &'a str)> {
    let pair = |one: &'a Existing| (one.table.as_str(), one.column.as_str());
    columns.iter().map(pair).collect()
}

async fn change_tables(store: &Store, sql: &'static str) {
    let change = async move |unit: &Unit| {
        unit.execute_unprepared(sql)
            .await
            .map(|_| ())
            .map_err(Error::from)
    };
    store
        .unit(CommunityId(0), change)
        .await
        .expect("the tables change");
}

on_both_databases! {
    async fn every_column_has_a_class_and_every_line_a_column(db: Database) {
        let (classes, columns) = (catalogue(), columns(&db.store).await);
        assert!(columns.len() > 200, "the tables were found");
        assert_eq!(classes.unlisted(pairs(&columns)), [] as [(&str, &str); 0]);
        assert_eq!(classes.gone(&pairs(&columns)), [] as [(&str, &str); 0]);
    }

    async fn a_column_that_somebody_adds_without_a_class_is_found(db: Database) {
        change_tables(&db.store, "ALTER TABLE cases ADD COLUMN planted text").await;
        let columns = columns(&db.store).await;
        assert_eq!(catalogue().unlisted(pairs(&columns)), [("cases", "planted")]);
    }

    async fn a_line_that_outlives_its_column_is_found(db: Database) {
        change_tables(&db.store, "ALTER TABLE contacts DROP COLUMN phone").await;
        let columns = columns(&db.store).await;
        assert_eq!(catalogue().gone(&pairs(&columns)), [("contacts", "phone")]);
    }

    async fn the_data_dictionary_says_what_tables_and_catalogue_say(db: Database) {
        let dictionary = dictionary(&catalogue(), &columns(&db.store).await);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/data-dictionary.md");
        if !db.is_postgres() && std::env::var("WEIGE_GOLDEN").is_ok_and(|golden| golden == "write") {
            std::fs::write(&file, &dictionary).expect("written");
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == dictionary, "docs/data-dictionary.md is old: run this test with WEIGE_GOLDEN=write");
    }
}

#[test]
fn contact_data_are_personal_and_sealed() {
    let classes = catalogue();
    for column in ["name", "phone"] {
        let line = classes.column("contacts", column).expect("listed");
        assert!(line.encrypt && line.mask != Mask::None, "contacts.{column}");
    }
}

#[test]
fn everything_that_people_write_is_starred_out_where_it_holds_numbers() {
    let classes = catalogue();
    for (table, column) in [
        ("reports", "words"),
        ("reports", "place_note"),
        ("remarks", "words"),
        ("results", "note"),
    ] {
        let line = classes.column(table, column).expect("listed");
        assert_eq!(line.mask, Mask::FreeText, "{table}.{column}");
    }
}

/// The page as it stands in docs/.
fn dictionary(classes: &DataClasses, columns: &[Existing]) -> String {
    let mut page = String::from(HEAD);
    for (table, says) in tables() {
        let _ = write!(
            page,
            "\n## {table}\n\n{says}\n\n| column | type | class | purposes | shown as | kept | export | sealed |\n"
        );
        page.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for line in DATA_CLASSES
            .lines()
            .skip_while(|line| *line != format!("[{table}]"))
            .skip(1)
        {
            let Some((name, _)) = line.split_once(" = {") else {
                break;
            };
            let existing = columns
                .iter()
                .find(|one| one.table == table && one.column == name);
            if let (Some(existing), Some(class)) = (existing, classes.column(table, name)) {
                page.push_str(&row(existing, class));
            }
        }
    }
    page
}

const HEAD: &str = "# Data dictionary\n\n\
    Made from the tables and from `crates/store/data-classes.toml` by `crates/store/tests/data_classes.rs`; do not edit by hand.\n\
    Times are microseconds since 1970 UTC. `?` after a type: may be empty. Classes: C0 public, C1 internal, C2 personal,\n\
    C3 sensitive, C4 secret. *Kept*: for how long; *row* means as long as the row. *Export*: part of what a person gets who\n\
    asks for their own data.\n";

/// Every table of the catalogue with the comment above it, in the catalogue's order.
fn tables() -> Vec<(&'static str, &'static str)> {
    let lines: Vec<&str> = DATA_CLASSES.lines().collect();
    let head = |two: &[&'static str]| {
        let table = two[1].strip_prefix('[')?.strip_suffix(']')?;
        Some((
            table,
            two[0]
                .strip_prefix("# ")
                .expect("a comment above every table"),
        ))
    };
    lines.windows(2).filter_map(head).collect()
}

fn row(existing: &Existing, class: &Column) -> String {
    let purposes: Vec<String> = class.purposes.iter().map(named).collect();
    let yes = |yes| if yes { "yes" } else { "" };
    format!(
        "| `{}` | {}{} | {} | {} | {} | {} | {} | {} |\n",
        existing.column,
        existing.kind,
        if existing.optional { "?" } else { "" },
        class.class,
        purposes.join(", "),
        named(&class.mask).replace("none", "it is"),
        kept(class.retention),
        yes(class.export),
        yes(class.encrypt),
    )
}

/// A name of a closed list in words: `CaseHandling` → case handling.
fn named(name: &impl std::fmt::Debug) -> String {
    let split = |letter: char| {
        if letter.is_uppercase() {
            format!(" {}", letter.to_lowercase())
        } else {
            letter.into()
        }
    };
    format!("{name:?}")
        .chars()
        .map(split)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn kept(retention: Retention) -> String {
    match retention {
        Retention::Forever => "for ever".into(),
        Retention::Row => "row".into(),
        Retention::Days { days, since } => {
            let since = match since {
                Since::Made => "made",
                Since::Closed => "the case closed",
                Since::Left => "the member left",
            };
            format!("{days} days after {since}")
        }
    }
}
