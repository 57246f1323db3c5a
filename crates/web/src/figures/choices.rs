//! What the form of the figures offers: lengths, grids, classes and categories, departments, channels, splits.

use rules::case::Channel;
use rules::figures::Length;
use work::net::CommunityNet;

use super::question::{SPLITS, Wish, grids};
use crate::locale::Text;

/// A choice of a field.
pub struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// The choices of every field.
pub struct Choices {
    pub lengths: Vec<Choice>,
    pub grids: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub departments: Vec<Choice>,
    pub channels: Vec<Choice>,
    pub splits: Vec<Choice>,
}

impl Choices {
    /// All that can be chosen in a community.
    pub fn of(t: Text, net: &CommunityNet, wish: &Wish) -> Self {
        let length = |length: Length| {
            let name = t.text(format!("figures-length-{}", length.as_str()));
            choice(length.as_str(), name, &wish.length)
        };
        let grid = |grid: &rules::grid::Grid| {
            // grids of other schemes have no level of ours
            let name = if grid.scheme.is_governance() {
                let level = t.text(format!("map-level-{}", grid.level));
                format!("{level} {}", grid.name)
            } else {
                grid.name.clone()
            };
            choice(grid.code.as_str(), name, &wish.grid)
        };
        let channel = |channel: Channel| {
            let name = t.text(format!("figures-channel-{}", channel.as_str()));
            choice(channel.as_str(), name, &wish.channel)
        };
        let split = |name: &str| choice(name, t.text(format!("figures-by-{name}")), &wish.by);
        let own = choice("grids", t.text("figures-part-grids"), &wish.department);
        let departments = net
            .departments()
            .map(|one| choice(&one.code, one.name.clone(), &wish.department));
        Self {
            lengths: Length::ALL.into_iter().map(length).collect(),
            grids: grids(net).map(grid).collect(),
            categories: categories(net, wish),
            departments: std::iter::once(own).chain(departments).collect(),
            channels: Channel::ALL.into_iter().map(channel).collect(),
            splits: SPLITS.into_iter().map(|(name, _)| split(name)).collect(),
        }
    }
}

/// The classes; below the chosen one (or that of the chosen category) its categories.
fn categories(net: &CommunityNet, wish: &Wish) -> Vec<Choice> {
    let Some(catalogue) = net.catalogue() else {
        return Vec::new();
    };
    let mut choices = Vec::new();
    for (class, name) in catalogue.classes() {
        choices.push(choice(class.as_str(), name.to_owned(), &wish.category));
        if !wish.category.starts_with(class.as_str()) {
            continue;
        }
        let below = catalogue
            .categories
            .values()
            .filter(|one| one.class_code == *class);
        choices.extend(
            below.map(|one| choice(one.code.as_str(), format!("— {}", one.name), &wish.category)),
        );
    }
    choices
}

fn choice(value: &str, name: String, chosen: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        name,
        chosen: value == chosen,
    }
}
