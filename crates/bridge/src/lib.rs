//! The side gates: what comes from, and goes to, machines and files that are not ours.
//!
//! Here strangers' photos and sound notes are checked and cleaned, and their bytes kept on disk; and requests go out to
//! machines of others, never into private networks. Nothing here knows cases, people or SQL, and nothing here looks at what a photo shows or what a voice says.

pub mod blobs;
pub mod outbox;
pub mod photo;
pub mod sound;
