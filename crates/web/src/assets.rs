//! Styles, scripts and pictures: embedded into the program and served under addresses that carry their hash.
//!
//! There is no bundler. The style sheets are joined in the order of their layers, the scripts are modules that the
//! page's import map finds, and a changed file simply gets another address, so browsers may keep each one for ever.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The route that [`serve`] answers.
pub const ROUTE: &str = "/assets/{hash}/{*name}";

/// Where an asset is found. Panics when there is none of that name, which the first test to draw a page notices.
pub fn url(name: &str) -> &'static str {
    &CATALOGUE.get(name).unwrap_or_else(|| panic!("no asset is named {name}")).url
}

/// The import map's text, to stand in the page exactly like this: [`importmap_hash`] vouches for every byte.
pub fn importmap() -> &'static str {
    &IMPORTMAP
}

/// The source expression by which a content security policy allows the import map: `'sha256-…'`.
pub fn importmap_hash() -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(importmap().as_bytes())))
}

/// The source expression of the one inline style that Turbo puts into the page, for its progress bar. We draw our own,
/// so blocking it does no harm, but each page would complain in the browser's console.
pub const TURBO_STYLE_HASH: &str = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='";

/// The addresses of all script modules, for the browser to fetch at once rather than one after the other.
pub fn modules() -> impl Iterator<Item = &'static str> {
    CATALOGUE.iter().filter(|(name, _)| name.ends_with(".js")).map(|(_, asset)| asset.url.as_str())
}

/// Answers [`ROUTE`]. An address with an old hash is not found rather than answered with other content.
pub async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    match CATALOGUE.get(&name).filter(|asset| asset.hash == hash) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
            asset.bytes.clone(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /service-worker.js`: browsers want the script that shows calls at an address that stays.
pub(crate) async fn service_worker() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-cache")];
    match CATALOGUE.get("js/service_worker.js") {
        Some(asset) => (kind, asset.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

struct Asset {
    url: String,
    hash: String,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
}

/// The layers in the order in which the later ones win; `reset` declares that order.
const LAYERS: [&str; 7] = ["reset", "tokens", "base", "layout", "parts", "screens", "utilities"];

static TURBO: &[u8] =
    include_bytes!("../../../node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js").as_slice();
static STIMULUS: &[u8] =
    include_bytes!("../../../node_modules/@hotwired/stimulus/dist/stimulus.js").as_slice();

static CATALOGUE: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let mut catalogue = BTreeMap::new();
    let mut add = |name: &str, bytes| catalogue.insert(name.to_owned(), Asset::new(name, bytes));
    for name in Files::iter().filter(|name| !name.ends_with(".css")) {
        add(&name, read(&name));
    }
    add("dragoman.css", Cow::Owned(styles()));
    add("js/turbo.js", Cow::Borrowed(TURBO));
    add("js/stimulus.js", Cow::Borrowed(STIMULUS));
    catalogue
});

static IMPORTMAP: LazyLock<String> = LazyLock::new(|| {
    let imports: BTreeMap<String, &str> = CATALOGUE
        .iter()
        .filter(|(name, _)| name.ends_with(".js"))
        .map(|(name, asset)| (module_name(name), asset.url.as_str()))
        .collect();
    serde_json::json!({ "imports": imports }).to_string()
});

impl Asset {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Self {
        let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&bytes)[..9]);
        Self { url: format!("/assets/{hash}/{name}"), hash, kind: kind(name), bytes }
    }
}

/// `js/controllers/live.js` is imported as `controllers/live`, the two libraries by their registry names.
fn module_name(name: &str) -> String {
    let bare = name.trim_start_matches("js/").trim_end_matches(".js");
    if ["turbo", "stimulus"].contains(&bare) { format!("@hotwired/{bare}") } else { bare.to_owned() }
}

fn styles() -> Vec<u8> {
    let mut names: Vec<_> = Files::iter().filter(|name| name.ends_with(".css")).collect();
    names.sort_by_key(|name| (layer(name), name.trim_end_matches(".css").to_owned()));
    names.iter().flat_map(|name| read(name).into_owned()).collect()
}

/// A sheet belongs to the layer that its name begins with: `parts.css`, `parts-composer.css`.
fn layer(name: &str) -> usize {
    let file = name.trim_start_matches("css/");
    LAYERS.iter().position(|layer| file.starts_with(layer)).unwrap_or(LAYERS.len())
}

fn read(name: &str) -> Cow<'static, [u8]> {
    Files::get(name).expect("the name came from the same listing").data
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{CATALOGUE, Files, LAYERS, importmap, importmap_hash, layer, module_name, url};

    #[test]
    fn every_style_sheet_belongs_to_a_layer() {
        for name in Files::iter().filter(|name| name.ends_with(".css")) {
            assert!(layer(&name) < LAYERS.len(), "{name}");
        }
    }

    #[test]
    fn modules_are_imported_by_short_names() {
        let check = |name: &str, expected: &str| assert_eq!(module_name(name), expected);
        check("js/turbo.js", "@hotwired/turbo");
        check("js/application.js", "application");
        check("js/controllers/live.js", "controllers/live");
    }

    #[test]
    fn everything_that_a_module_imports_is_in_the_map() {
        let map: serde_json::Value = serde_json::from_str(importmap()).expect("the map is JSON");
        for (name, asset) in
            CATALOGUE.iter().filter(|(name, _)| !name.contains("turbo") && name.ends_with(".js"))
        {
            let text = String::from_utf8_lossy(&asset.bytes);
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let wanted = line.split('"').nth(1).unwrap_or_default();
                assert!(map["imports"].get(wanted).is_some(), "{name} imports {wanted}");
            }
        }
    }

    #[test]
    fn the_sprite_has_every_icon() {
        let sprite = String::from_utf8_lossy(&CATALOGUE["icons.svg"].bytes).into_owned();
        for icon in crate::gallery::ICONS {
            assert!(sprite.contains(&format!("id=\"{icon}\"")), "{icon}");
        }
    }

    #[test]
    fn addresses_carry_hashes() {
        assert!(url("dragoman.css").starts_with("/assets/"));
        assert!(importmap_hash().starts_with("'sha256-"));
    }
}
