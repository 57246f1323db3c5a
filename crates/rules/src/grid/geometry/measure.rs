//! Measures of shapes in degrees: area, box, and a point to write the name at.

use geo::{
    Area, BoundingRect, Centroid, ChamberlainDuquetteArea, Contains, InteriorPoint, MultiPolygon,
    Point, Polygon, Rect,
};

/// Area in m² on a sphere; within half a per cent of the ellipsoid's.
pub fn area_m2(shape: &MultiPolygon) -> f64 {
    shape.chamberlain_duquette_unsigned_area()
}

/// The smallest box around the shape, in degrees; `None` without vertices.
pub fn bounding_box(shape: &MultiPolygon) -> Option<Rect> {
    shape.bounding_rect()
}

/// A point inside the largest part: its centre of mass, or where that lies outside (a crescent, a ring)
/// a point well within. `None` without vertices.
pub fn label_point(shape: &MultiPolygon) -> Option<Point> {
    let area = |polygon: &&Polygon| polygon.unsigned_area();
    let largest = shape.iter().max_by(|a, b| area(a).total_cmp(&area(b)))?;
    let centre = largest.centroid().filter(|centre| largest.contains(centre));
    centre.or_else(|| largest.interior_point())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_square_kilometre_has_a_million_square_metres() {
        let height = 1_000.0 / 111_195.08;
        let width = height / 30.6_f64.to_radians().cos();
        let (x, y) = (103.6, 30.6 - height / 2.0);
        let square = polygon![(x: x, y: y), (x: x + width, y: y), (x: x + width, y: y + height), (x: x, y: y + height)];
        let area = area_m2(&square.into());
        assert!((area - 1e6).abs() < 5_000.0, "{area}");
    }

    #[test]
    fn the_name_of_a_crescent_stands_inside_it() {
        let crescent = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0),
            (x: 0.0, y: 8.0), (x: 8.0, y: 8.0), (x: 8.0, y: 1.0), (x: 0.0, y: 1.0)];
        let shape: MultiPolygon = crescent.into();
        assert!(!shape.contains(&shape.centroid().unwrap()));
        assert!(shape.contains(&label_point(&shape).unwrap()));
    }

    #[test]
    fn the_name_of_a_grid_in_two_parts_stands_in_the_larger() {
        let small = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
        let large = polygon![(x: 5.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 4.0)];
        let shape = MultiPolygon::new(vec![small, large.clone()]);
        assert!(large.contains(&label_point(&shape).unwrap()));
        assert_eq!(label_point(&MultiPolygon::new(vec![])), None);
        assert_eq!(bounding_box(&shape).unwrap().max().x, 9.0);
    }
}
