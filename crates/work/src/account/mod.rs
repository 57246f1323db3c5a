//! Accounts: making them, signing in and out, tokens of machines, the first administrator. A password is kept only as
//! its Argon2id hash, a token only as its SHA-256 hash; neither is ever logged or shown twice.

mod attempts;
mod first_run;
mod known;
mod left;
mod make;
mod members;
mod password;
mod secret;
mod session;
mod sign_in;
mod token;

pub(crate) use attempts::Attempts;
pub use first_run::{
    FirstRun, first_run_is_over, first_run_link, first_run_works, make_administrator,
};
pub(crate) use known::Known;
pub use left::{LeftBehind, left_behind};
pub use make::{
    Made, NewAccount, disable, faults, lacking, make, make_drawn, make_for_member, make_for_members,
};
pub use members::{
    NewPassword, Standing, draw_new, keep_password, make_one, open_or_close, sign_ins,
};
pub use password::{change_password, set_password};
pub use session::{SessionToken, by_session, rotate, sign_out};
pub use sign_in::sign_in;
pub use token::{
    LONGEST_LABEL, Listed, NewToken, TokenText, by_bearer, by_device, create_token, is_device,
    live_tokens, live_tokens_of, revoke_listed, revoke_shown, revoke_token,
};
