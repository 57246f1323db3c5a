//! The QR code of a grid's page, as inline SVG: the way from a sheet of paper to the person on duty.

use axum::http::{HeaderMap, header};
use qrcode::QrCode;
use qrcode::render::svg;

/// The address of a grid's page as phones need it, with the host this page was asked from.
pub fn address(headers: &HeaderMap, tls: bool, code: &str) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let scheme = if tls { "https" } else { "http" };
    Some(format!("{scheme}://{host}/g/{code}"))
}

/// The code of an address; none if it is too long for one.
pub fn code(address: &str) -> Option<String> {
    let code = QrCode::new(address).ok()?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(160, 160)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    // an XML declaration has no place inside a page
    drawn.find("<svg").map(|start| drawn[start..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_an_svg_that_can_stand_in_a_page() {
        let drawn = code("http://weige.test/g/MH-G01-M01").expect("a code");
        assert!(
            drawn.starts_with("<svg") && drawn.ends_with("</svg>"),
            "{drawn}"
        );
        assert!(
            !drawn.contains("style="),
            "the policy forbids inline styles"
        );
    }
}
