//! The two languages, and which of them a visitor wants: the choice made by the visible switch, else the first of
//! `Accept-Language` that exists here, else Chinese.

/// A language every text exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// 简体中文, the first language.
    #[default]
    Chinese,
    /// English, complete.
    English,
}

impl Language {
    /// Both, the first language first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The tag in `lang`, in the cookie and in the folder's name.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The other one, for the switch.
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// Reads a tag; `zh`, `zh-TW`, `en-GB` and the like count by their first part.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The best of an `Accept-Language` header.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wishes: Vec<(f32, Self)> = header.split(',').filter_map(wish).collect();
        // stable: of equal weights the first named wins
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map(|(_, language)| *language)
    }

    /// From the switch's cookie and the header.
    pub fn choose(cookie: Option<&str>, header: Option<&str>) -> Self {
        cookie
            .and_then(Self::of_tag)
            .or_else(|| header.and_then(Self::accepted))
            .unwrap_or_default()
    }
}

/// `en-GB;q=0.8` → (0.8, English). Languages that do not exist here and those refused with `q=0` are left out.
fn wish(part: &str) -> Option<(f32, Language)> {
    let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
    let weight = match rest.trim().strip_prefix("q=") {
        Some(q) => q.trim().parse().ok()?,
        None => 1.0,
    };
    (weight > 0.0).then_some((weight, Language::of_tag(tag)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_beats_the_browser_and_chinese_is_the_default() {
        let english = Some("en-US,en;q=0.9");
        assert_eq!(Language::choose(Some("zh-CN"), english), Language::Chinese);
        assert_eq!(Language::choose(None, english), Language::English);
        assert_eq!(Language::choose(Some("xx"), english), Language::English);
        assert_eq!(
            Language::choose(None, Some("fr, de;q=0.5")),
            Language::Chinese
        );
        assert_eq!(Language::choose(None, None), Language::Chinese);
    }

    #[test]
    fn weights_decide_and_languages_unknown_here_are_passed_over() {
        assert_eq!(
            Language::accepted("fr, en;q=0.4, zh-TW;q=0.7"),
            Some(Language::Chinese)
        );
        assert_eq!(
            Language::accepted("zh;q=0, en;q=0.1"),
            Some(Language::English)
        );
        assert_eq!(Language::accepted("en;q=nonsense"), None);
    }
}
