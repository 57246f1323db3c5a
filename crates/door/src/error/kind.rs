//! The kinds of failures as one closed list: each has one name in problem documents, in `error-{name}-…` and
//! `api-problem-{name}-…`, and a page of its own at `/problems/{name}`.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What kind of failure it is, without what belongs to one occurrence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $name),+
        }

        impl Kind {
            /// Every kind, so that none is without words and a page.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in problem documents, addresses and keys of texts.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text),+
                }
            }
        }
    };
}

kinds! {
    /// Nothing of this name, or outside what the asker may see.
    NotFound = "not-found",
    /// It exists, but cannot be asked in this way.
    Method = "method",
    /// One has to sign in first.
    SignIn = "sign-in",
    /// The code of the receipt is missing.
    ReceiptMissing = "receipt-missing",
    /// Number and code of a receipt do not belong together.
    ReceiptUnknown = "receipt-unknown",
    /// The role has no such right.
    Forbidden = "forbidden",
    /// Sent by another site.
    CrossSite = "cross-site",
    /// Too often.
    TooMany = "too-many",
    /// More bytes than are taken.
    TooLarge = "too-large",
    /// No form, JSON or parameter of the agreed shape.
    Unreadable = "unreadable",
    /// A body of another media type.
    MediaType = "media-type",
    /// The key that keeps things from happening twice is missing.
    KeyMissing = "key-missing",
    /// The key is no text, or longer than one is taken.
    KeyMalformed = "key-malformed",
    /// The same key came with another body before.
    KeyReused = "key-reused",
    /// Faulty fields.
    Invalid = "invalid",
    /// The rules say no.
    Refused = "refused",
    /// Somebody was faster.
    Stale = "stale",
    /// No version was named with a change.
    VersionMissing = "version-missing",
    /// The version that was named is none.
    VersionMalformed = "version-malformed",
    /// No community serves here yet.
    NotSetUp = "not-set-up",
    /// Cannot be done now.
    Unavailable = "unavailable",
    /// Went wrong inside.
    Inside = "inside",
}

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }
}
