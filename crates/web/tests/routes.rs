//! The golden list of routes: who may come in where. A route that is not in it fails here, and so does a line without a
//! route. `WEIGE_GOLDEN=write cargo test -p web --test routes` writes it anew; read the difference before committing.

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/routes.csv");

#[test]
fn the_golden_file_holds_every_route_with_who_may_come_in() {
    let routes = web::routes();
    let mut lines: Vec<String> = routes
        .list()
        .iter()
        .map(|route| {
            format!(
                "{},{},{}",
                route.path,
                route.method.as_str(),
                route.who.as_str()
            )
        })
        .collect();
    lines.sort();
    let now = format!("path,method,who\n{}\n", lines.join("\n"));
    if std::env::var("WEIGE_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(GOLDEN, &now).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("the golden file");
    assert_eq!(golden, now);
}

#[test]
fn no_route_is_declared_behind_the_registrys_back() {
    let rooms = ["door", "api", "web"].map(|room| {
        let crates = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        std::path::Path::new(crates).join(room).join("src")
    });
    for file in rooms.iter().flat_map(|room| sources(room)) {
        let text = std::fs::read_to_string(&file).expect("a source");
        let raw = text.matches(".route(").count();
        let allowed = usize::from(file.ends_with("door/src/routes.rs"));
        assert_eq!(raw, allowed, "{}", file.display());
    }
}

fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
