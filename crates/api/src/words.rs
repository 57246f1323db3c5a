//! Closed lists of words in the description of the API: made from the very lists that requests are read by, so that neither
//! can miss what the other has.

use rules::case::CommandName;
use rules::supervision::Concern;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! described {
    ($($(#[$doc:meta])* $name:ident = $list:expr;)+) => {$(
        $(#[$doc])*
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                words($list.iter().map(|word| word.as_str()))
            }
        }

        impl ToSchema for $name {}
    )+};
}

described! {
    /// A step of a case.
    CommandWord = CommandName::ALL;
    /// A list of supervision.
    ListWord = Concern::ALL;
}

fn words(all: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.enum_values(Some(all)).build().into()
}
