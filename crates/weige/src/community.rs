//! Which community a command speaks of: the one that is named, or the only one there is.

use std::sync::Arc;

use anyhow::Context;
use work::net::{CommunityNet, Net};

/// The community of a code.
///
/// # Errors
/// That there is none, with the codes that there are.
pub fn named<'a>(net: &'a Net, code: &str) -> anyhow::Result<&'a Arc<CommunityNet>> {
    net.community(code).with_context(|| {
        let codes: Vec<&str> = net.communities().map(|one| one.code.as_str()).collect();
        match codes.as_slice() {
            [] => format!("there is no community {code}: none has been imported yet"),
            known => format!(
                "there is no community {code}; there are {}",
                known.join(", ")
            ),
        }
    })
}

/// The community that is named, or the only one.
///
/// # Errors
/// As [`named`], and where there is none or several and none was named.
pub fn named_or_only<'a>(
    net: &'a Net,
    code: Option<&str>,
) -> anyhow::Result<&'a Arc<CommunityNet>> {
    if let Some(code) = code {
        return named(net, code);
    }
    let mut all = net.communities();
    let only = all
        .next()
        .context("there is no community yet; import its grids first")?;
    anyhow::ensure!(
        all.next().is_none(),
        "there are several communities; name one with --community CODE"
    );
    Ok(only)
}
