//! What this machine can do at best, measured in the same run: raw durable commits, bare answers, a plain search tree.
//! Nothing here is Weige.

pub mod bare;
pub mod commits;
pub mod tree;
