//! Whom to call where something failed: who serves the grid of the address that was asked, where the number is public, else
//! the desk of its community, else the number of the installation.

use rules::grid::Grid;
use rules::ids::Number;
use work::net::CommunityNet;
use work::people;

use crate::Door;

/// The city's service line, for whoever must have a number where no other is known.
pub const HOTLINE: &str = "12345";

/// The number for somebody who asked this path and query.
pub fn number(door: &Door, here: &str) -> Option<String> {
    let net = door.house.net();
    let parts = || here.split(['/', '?', '&', '=']);
    if let Some((community, grid)) = parts().find_map(|part| net.grid_by_code(part)) {
        return of_grid(door, community, grid);
    }
    let named = parts().find_map(|part| part.parse::<Number>().ok());
    let named = named.and_then(|number| net.community(number.community()));
    let mut all = net.communities();
    let only = all.next().filter(|_| all.next().is_none());
    match named.or(only) {
        Some(community) => of_desk(door, community),
        None => door.settings.call.clone(),
    }
}

/// The number for somebody who is concerned with a grid.
pub fn of_grid(door: &Door, community: &CommunityNet, grid: &Grid) -> Option<String> {
    let levels = people::board(community, grid.id, door.house.clock.now());
    let own = people::nearest(&levels).and_then(|card| card.number().map(str::to_owned));
    own.or_else(|| of_desk(door, community))
}

fn of_desk(door: &Door, community: &CommunityNet) -> Option<String> {
    let desk = community.settings.phones.desk.clone();
    desk.or_else(|| door.settings.call.clone())
}
