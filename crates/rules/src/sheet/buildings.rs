//! Grids that are some buildings of a compound 小区: 芙蓉里1至6栋. Notes name the compound and one building, so the range is read
//! out of the grid's name.

use crate::duplicate::{Building, building};

use super::plain_name;

/// The buildings of a compound that a grid is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buildings<'a> {
    /// What people call the compound, with its part: 锦绣苑一期.
    pub compound: &'a str,
    first: Building,
    last: Building,
}

impl<'a> Buildings<'a> {
    /// Those that the name of a grid tells of; none where it names no range, or one that runs backwards.
    pub fn of(name: &'a str) -> Option<Self> {
        let name = plain_name(name);
        let last = building(name)?;
        let digits = |c: char| c.is_ascii_digit();
        let (compound, range) = name.split_at(name.find(digits)?);
        let end = range.find(|c: char| !digits(c))?;
        let first = range[..end].parse().ok().map(Building)?;
        let between = &range[end..];
        let joined = ["至", "到", "-", "—", "~", "～"];
        let rest = joined.iter().find_map(|sign| between.strip_prefix(sign))?;
        let is_range = rest.starts_with(digits) && first <= last;
        let compound = compound.trim();
        (is_range && !compound.is_empty()).then_some(Self {
            compound,
            first,
            last,
        })
    }

    /// Whether a text names the compound and one of these buildings behind it.
    pub fn are_named_in(&self, text: &str) -> bool {
        let mut behind = text.match_indices(self.compound).map(|(at, name)| {
            let from = at + name.len();
            building(&text[from..])
        });
        behind.any(|named| named.is_some_and(|n| self.first <= n && n <= self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_building_of_a_compound_lies_in_the_grid_whose_range_it_is_in() {
        let first = Buildings::of("芙蓉里1至6栋微网格").expect("a range");
        let second = Buildings::of("芙蓉里7-12幢").expect("a range");
        for (text, in_first, in_second) in [
            ("芙蓉里3栋楼下", true, false),
            ("住在芙蓉里 六 栋", true, false),
            ("芙蓉里12栋2单元", false, true),
            ("芙蓉里７幢", false, true),
            ("芙蓉里18栋", false, false),
            ("双桥坊3栋", false, false),
            ("3栋，芙蓉里", false, false),
            ("芙蓉里", false, false),
        ] {
            assert_eq!(first.are_named_in(text), in_first, "{text}");
            assert_eq!(second.are_named_in(text), in_second, "{text}");
        }
    }

    #[test]
    fn the_part_of_a_compound_belongs_to_its_name() {
        let part = Buildings::of("锦绣苑一期1至6栋").expect("a range");
        assert_eq!(part.compound, "锦绣苑一期");
        assert!(part.are_named_in("锦绣苑一期3栋"));
        assert!(!part.are_named_in("锦绣苑二期3栋"));
    }

    #[test]
    fn a_name_without_a_range_of_buildings_tells_of_none() {
        for name in [
            "锦绣苑网格",
            "芙蓉里3栋",
            "1至6栋",
            "东街1至9号",
            "芙蓉里6至1栋",
        ] {
            assert_eq!(Buildings::of(name), None, "{name}");
        }
    }
}
