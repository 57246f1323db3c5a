//! The front door itself: who comes in and in which language, what may go wrong and how it is said, how forms are read,
//! what is kept between requests. Pages and API both stand behind it; it knows no page and no endpoint of theirs but its
//! own: what a problem means, how the house fares, what Vite built. It decides nothing about cases.

pub mod absence;
pub mod address;
pub mod assets;
pub mod cases;
pub mod complaint;
pub mod cookie;
pub mod danger;
pub mod error;
pub mod faster;
pub mod figures;
pub mod form;
pub mod headers;
pub mod import;
pub mod kept;
pub mod kept_file;
pub mod known;
pub mod layout;
pub mod limits;
pub mod locale;
pub mod measure;
pub mod moment;
pub mod origin;
pub mod passage;
pub mod routes;
pub mod routing;
pub mod session;
pub mod sheet;
pub mod state;
pub mod view;
pub mod visitor;
pub mod wall;
pub mod wording;

pub use state::{Door, Settings};
