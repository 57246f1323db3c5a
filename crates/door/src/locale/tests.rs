//! Both languages say the same things with the same values, and everything that pages ask for exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::text::Files;
use super::{CHINA, Language, Text};

/// Key → the values its text names.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(language: Language) -> BTreeMap<String, Keys> {
    let folder = format!("{}/", language.tag());
    let names = Files::iter()
        .filter_map(|name| Some((name.strip_prefix(&folder)?.to_owned(), name.to_string())));
    names
        .map(|(short, name)| (short, keys_of(&source(&name))))
        .collect()
}

fn source(name: &str) -> String {
    let file = Files::get(name).expect("a listed file");
    String::from_utf8(file.data.into_owned()).expect("UTF-8")
}

fn keys_of(source: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (key, _) = line.split_once('=').expect("key = text");
            current = key.trim().to_owned();
            assert!(
                keys.insert(current.clone(), BTreeSet::new()).is_none(),
                "{current} stands twice"
            );
        }
        if let Some(values) = keys.get_mut(&current) {
            values.extend(values_of(line));
        }
    }
    keys
}

fn values_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect()
    })
}

#[test]
fn both_languages_have_the_same_files_keys_and_values() {
    assert_eq!(keys(Language::Chinese), keys(Language::English));
}

#[test]
fn no_key_stands_in_two_files() {
    let mut seen = BTreeMap::new();
    for (file, keys) in keys(Language::Chinese) {
        for key in keys.into_keys() {
            let before = seen.insert(key.clone(), file.clone());
            assert_eq!(before, None, "{key} stands in {file} too");
        }
    }
}

#[test]
fn every_file_is_free_of_faults() {
    for name in Files::iter() {
        let read = fluent_bundle::FluentResource::try_new(source(&name));
        assert!(
            read.is_ok(),
            "{name}: {:?}",
            read.err().map(|(_, faults)| faults)
        );
    }
}

/// Punctuation that stands as wide as a Chinese character; quotes “” are those of both languages.
const WIDE: [char; 15] = [
    '：', '，', '。', '（', '）', '、', '；', '！', '？', '【', '】', '《', '》', '「', '」',
];

fn wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains(WIDE)).collect()
}

#[test]
fn no_english_text_has_the_punctuation_of_chinese() {
    let english = Files::iter().filter(|name| name.starts_with("en/"));
    for name in english {
        assert_eq!(wide(&source(&name)), [""; 0], "{name}");
    }
}

/// A template is of both languages: what stands between its texts has to fit both.
#[test]
fn no_template_has_the_punctuation_of_chinese() {
    for file in rooms("templates") {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let lines = text.lines().filter(|line| !line.starts_with("{#"));
        let said: Vec<&str> = lines.filter(|line| line.contains(WIDE)).collect();
        assert_eq!(said, [""; 0], "{}", file.display());
    }
}

#[test]
fn a_row_and_an_aside_are_punctuated_as_their_language_does() {
    let chinese = Text::new(Language::Chinese, CHINA);
    let english = Text::new(Language::English, CHINA);
    assert_eq!(chinese.row(&["甲", "乙"]), "甲、乙");
    assert_eq!(english.row(&["one", "two"]), "one, two");
    assert_eq!(chinese.aside("甲", "乙"), "甲（乙）");
    assert_eq!(english.aside("one", "two"), "one (two)");
}

/// The keys a page names outright, in templates and in sources.
#[test]
fn every_text_that_a_page_names_exists() {
    let mut named = BTreeSet::new();
    for file in rooms("templates").chain(rooms("src")) {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        for call in [".text(\"", ".say(\""] {
            let keys = text
                .split(call)
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            // names of form fields, read by `Fields::text`, have no hyphen
            named.extend(
                keys.filter(|key| key.contains('-'))
                    .map(|key| (key.to_owned(), file.clone())),
            );
        }
    }
    assert!(
        named.len() > 20,
        "the search found hardly anything: {named:?}"
    );
    let t = Text::new(Language::Chinese, CHINA);
    let missing: Vec<_> = named.iter().filter(|(key, _)| !t.has(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What lies in a folder of each room that says texts; the API has no templates.
fn rooms(folder: &str) -> impl Iterator<Item = PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["door", "api", "web"].map(|room| crates.join(room).join(folder));
    let there = folders.into_iter().filter(|folder| folder.is_dir());
    there.flat_map(|folder| files(&folder))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn every_failure_has_words() {
    let t = Text::new(Language::Chinese, CHINA);
    for kind in crate::error::Kind::ALL {
        let code = kind.as_str();
        let page = ["title", "text"].map(|part| format!("error-{code}-{part}"));
        let machine = ["title", "means", "do"].map(|part| format!("api-problem-{code}-{part}"));
        for key in page.iter().chain(&machine) {
            assert!(t.has(key), "{key}");
        }
    }
}

#[test]
fn every_state_command_and_role_of_the_rules_has_words() {
    use rules::case::{Channel, CommandName, StateName};
    let t = Text::new(Language::Chinese, CHINA);
    let states = StateName::ALL
        .iter()
        .map(|state| format!("case-state-{state}"));
    let commands = CommandName::ALL
        .iter()
        .map(|command| format!("case-command-{command}"));
    let channels = Channel::ALL
        .iter()
        .map(|channel| format!("case-channel-{}", channel.as_str()));
    let roles = rules::access::Role::ALL
        .iter()
        .map(|role| format!("role-{role}"));
    let levels = rules::grid::Level::ALL
        .iter()
        .map(|level| format!("case-level-{level}"));
    let steps = (1..=5).map(|step| format!("case-step-{step}"));
    for key in states
        .chain(commands)
        .chain(channels)
        .chain(roles)
        .chain(levels)
        .chain(steps)
    {
        assert!(t.has(&key), "{key}");
    }
}
