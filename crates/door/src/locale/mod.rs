//! What pages say: every text comes from `locales/{zh-CN,en}/*.ftl`, one file per feature, built into the program.
//! Nothing here decides what is shown; a key that does not exist is a bug that the tests find.

mod format;
mod language;
#[cfg(test)]
mod tests;
mod text;

pub use format::{CHINA, Clockwork};
pub use language::Language;
pub use text::Text;
