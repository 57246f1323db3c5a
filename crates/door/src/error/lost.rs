//! Where somebody wanted to go whose address leads nowhere: the code on a wall may be an old one, the link of a message cut
//! off. They hear what it was and which page helps on.

/// What an address was meant to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The page or the board of a grid.
    Grid,
    /// A receipt, by the link of a message.
    Receipt,
}

impl Lost {
    /// From the path that was asked.
    pub fn of(here: &str) -> Option<Self> {
        let first = here.trim_start_matches('/').split(['/', '?']).next();
        match first? {
            "g" | "board" => Some(Self::Grid),
            "p" | "receipt" => Some(Self::Receipt),
            _ => None,
        }
    }

    /// The name in the texts: `error-lost-{name}-title`, `-text` and `-way`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Receipt => "receipt",
        }
    }

    /// The page that helps on.
    pub const fn way(self) -> &'static str {
        match self {
            Self::Grid => "/",
            Self::Receipt => "/progress",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_was_meant_to_open_is_known_by_its_first_part() {
        for (here, lost) in [
            ("/g/MH9999", Some(Lost::Grid)),
            ("/g/MH9999/report?x=1", Some(Lost::Grid)),
            ("/board/MH9999", Some(Lost::Grid)),
            ("/p/MH-20260131-0001/abc", Some(Lost::Receipt)),
            ("/", None),
            ("/gallery", None),
            ("/cases/x", None),
        ] {
            assert_eq!(Lost::of(here), lost, "{here}");
        }
    }
}
