//! A problem of a file in words: where it is, and what is wrong with it, in either language.

use work::import::{Problem, Severity, Summary};

use crate::locale::{CHINA, Language, Text};

/// Arguments that stand within the sentence of their problem; the others are added after it.
const WITHIN: [&str; 3] = ["person", "title", "at"];

/// The words of one language, for the command line as well.
#[derive(Clone, Copy)]
pub struct Words(Text);

impl Words {
    /// The language of a terminal, as `LANG` and its like name it; Chinese where nothing is said.
    pub fn of_locale(locale: &str) -> Self {
        let language = if locale.is_empty() || locale.starts_with("zh") {
            Language::Chinese
        } else {
            Language::English
        };
        Self(Text::new(language, CHINA))
    }

    /// The words of a page.
    pub const fn of(text: Text) -> Self {
        Self(text)
    }

    /// Where a problem is: sheet, row, column; empty for the whole file.
    pub fn place(&self, problem: &Problem) -> String {
        let row = problem
            .row
            .map(|n| self.0.say("import-place-row").with("n", n).to_string());
        let column = problem.column.as_ref().map(|name| {
            self.0
                .say("import-place-column")
                .with("name", name)
                .to_string()
        });
        let places = [problem.sheet.clone(), row, column];
        self.joined(places.into_iter().flatten())
    }

    /// What is wrong, with everything the importer says of it.
    pub fn what(&self, problem: &Problem) -> String {
        let mut said = self.sentence(problem);
        let (quoted, others): (Vec<_>, Vec<_>) = problem
            .args
            .iter()
            .filter(|(name, value)| !value.is_empty() && !WITHIN.contains(name))
            .partition(|(name, _)| matches!(*name, "text" | "value"));
        if let Some((_, text)) = quoted.first() {
            let phrase = self.0.say("import-quoted").with("what", said);
            said = phrase.with("text", text).to_string();
        }
        let more = others.iter().map(|(name, value)| {
            let key = format!("import-arg-{name}");
            if self.0.has(&key) {
                self.0.say(key).with("value", value).to_string()
            } else {
                format!("{name}: {value}")
            }
        });
        let more = self.joined(more);
        if more.is_empty() {
            said
        } else {
            self.0.aside(&said, &more)
        }
    }

    /// How bad it is.
    pub fn severity(&self, problem: &Problem) -> String {
        self.0.text(match problem.severity {
            Severity::Error => "import-problem-error",
            Severity::Warning => "import-problem-warning",
        })
    }

    /// A problem on one line.
    pub fn line(&self, problem: &Problem) -> String {
        let place = self.place(problem);
        let said = self.after(&self.severity(problem), &self.what(problem));
        if place.is_empty() {
            said
        } else {
            self.after(&place, &said)
        }
    }

    /// What came of a file.
    pub fn summary(&self, summary: &Summary, dry_run: bool) -> String {
        if summary.is_refused() {
            return self.0.text("import-summary-refused");
        }
        let key = if dry_run {
            "import-summary-dry"
        } else {
            "import-summary"
        };
        self.0
            .say(key)
            .with("added", summary.added)
            .with("changed", summary.changed)
            .with("same", summary.same)
            .to_string()
    }

    /// What is wrong, with what stands within the sentence.
    fn sentence(&self, problem: &Problem) -> String {
        let within = problem
            .args
            .iter()
            .filter(|(name, _)| WITHIN.contains(name));
        let Some(key) = self.key(problem.code) else {
            return problem.code.to_owned();
        };
        let said = within.fold(self.0.say(key), |said, (name, value)| {
            said.with(name, value)
        });
        said.to_string()
    }

    /// Importers speak of problems, of refusals of the life cycle, and of faults of a form.
    fn key(&self, code: &str) -> Option<String> {
        let keys = ["problem", "refusal", "fault"].map(|kind| format!("{kind}-{code}"));
        keys.into_iter().find(|key| self.0.has(key))
    }

    /// Something with what is said of it, after the language's own colon.
    fn after(&self, of: &str, said: &str) -> String {
        let phrase = self.0.say("import-said").with("of", of);
        phrase.with("said", said).to_string()
    }

    fn joined(&self, parts: impl Iterator<Item = String>) -> String {
        let parts: Vec<String> = parts.collect();
        parts.join(&self.0.text("import-between"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(locale: &str) -> String {
        let problem = Problem::row(7, "网格", "grid-unknown")
            .on_sheet("人员")
            .with("text", "G99")
            .with("first", 3);
        Words::of_locale(locale).line(&problem)
    }

    #[test]
    fn a_problem_is_told_with_its_place_in_the_language_of_the_terminal() {
        let chinese = "人员，第 7 行，“网格”栏：错误：没有这个网格：“G99”（第 3 行已经有了）";
        assert_eq!(said("zh_CN.UTF-8"), chinese);
        assert_eq!(said(""), chinese);
        let english =
            "人员, row 7, column “网格”: Error: there is no such grid: “G99” (first in row 3)";
        assert_eq!(said("en_GB.UTF-8"), english);
        assert_eq!(said("C"), english);
    }

    /// Codes are the texts with hyphens that the importers' sources hold; arguments are named here.
    #[test]
    fn every_problem_that_an_importer_can_tell_has_words() {
        let sources = [
            "../work/src/import",
            "../work/src/order/hotline",
            "../rules/src/catalogue",
        ];
        let mut missing = Vec::new();
        let mut found = 0;
        for folder in sources {
            let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            for source in sources_in(&home.join(folder)) {
                let (code, _) = source.split_once("#[cfg(test)]").unwrap_or((&source, ""));
                for text in code
                    .split('"')
                    .skip(1)
                    .step_by(2)
                    .filter(|text| is_code(text))
                {
                    found += 1;
                    for locale in ["zh", "en"] {
                        if Words::of_locale(locale).key(text).is_none() {
                            missing.push(text.to_owned());
                        }
                    }
                }
            }
        }
        assert!(found > 60, "the search found hardly anything");
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn is_code(text: &str) -> bool {
        let kebab = text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let single = ["missing", "overlap", "gap"].contains(&text);
        let argument = text == "square-metres";
        kebab && (single || text.trim_matches('-').contains('-')) && !argument
    }

    fn sources_in(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .flat_map(|path| {
                if path.is_dir() {
                    sources_in(&path)
                } else {
                    vec![std::fs::read_to_string(&path).expect("readable")]
                }
            })
            .collect()
    }
}
