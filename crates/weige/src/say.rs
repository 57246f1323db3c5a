//! Words on the standard output. Whoever reads them may leave before the end (`| head`): that is an error like any other and
//! no reason to fall over.

use std::fmt::Display;
use std::io::Write;

use anyhow::Context;

/// Says one line, at once.
///
/// # Errors
/// That it cannot be said: nobody has read the line.
pub fn line(text: impl Display) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .context("the standard output cannot be written")
}

/// Says one line beside the answer, on the standard error. Where nobody reads that either, there is nobody left to tell.
pub fn aside(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
