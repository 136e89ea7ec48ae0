//! Reads a paper back.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use rqrr::{Grid, SimpleGrid};

pub(super) struct Read(pub(super) Document);

impl Read {
    pub(super) fn of(made: &[u8]) -> Self {
        Self(Document::load_mem(made).unwrap())
    }

    /// Its text as the file says that its glyphs are to be read.
    pub(super) fn text(&self) -> String {
        self.0.extract_text(&[1]).unwrap().replace('\n', "")
    }

    /// The tags in order, each with what it says instead of what it shows.
    pub(super) fn tags(&self) -> Vec<(String, Option<String>)> {
        let root = self.0.catalog().unwrap().get_deref(b"StructTreeRoot", &self.0).unwrap();
        let mut tags = Vec::new();
        self.walk(root.as_dict().unwrap(), &mut tags);
        tags
    }

    fn walk(&self, element: &Dictionary, tags: &mut Vec<(String, Option<String>)>) {
        if let Ok(kind) = element.get(b"S").and_then(Object::as_name) {
            let alt = element.get(b"Alt").and_then(Object::as_str).ok();
            let alt = alt.map(|it| String::from_utf8_lossy(it).into_owned());
            tags.push((String::from_utf8_lossy(kind).into_owned(), alt));
        }
        let children = match element.get_deref(b"K", &self.0) {
            Ok(Object::Array(children)) => children.clone(),
            Ok(child) => vec![child.clone()],
            Err(_) => Vec::new(),
        };
        for child in children {
            let child = child.as_reference().map_or(&child, |it| self.0.get_object(it).unwrap());
            if let Ok(child) = child.as_dict() {
                self.walk(child, tags);
            }
        }
    }

    /// What a camera reads in its square: the path with the most parts is taken to be it.
    pub(super) fn square(&self) -> String {
        let paths = self.paths();
        let (parts, _) = paths.iter().map(|it| (it, it.len())).max_by_key(|it| it.1).unwrap();
        let least = |of: fn(&[f32; 4]) -> f32| parts.iter().map(of).fold(f32::MAX, f32::min);
        let (left, top, small) = (least(|it| it[0]), least(|it| it[1]), least(|it| it[3] - it[1]));
        let most = parts.iter().map(|it| it[2]).fold(f32::MIN, f32::max);
        let place = |it: f32| (it / small).round() as usize;
        let width = place(most - left);
        let dark = |x: usize, y: usize| {
            let (x, y) = (left + (x as f32 + 0.5) * small, top + (y as f32 + 0.5) * small);
            parts.iter().any(|it| (it[0]..it[2]).contains(&x) && (it[1]..it[3]).contains(&y))
        };
        // PDF counts upwards unless it is turned over.
        let tries = [false, true].map(|is_turned| {
            let grid =
                SimpleGrid::from_func(width, |x, y| dark(x, if is_turned { width - 1 - y } else { y }));
            Grid::new(grid).decode().ok().map(|it| it.1)
        });
        tries.into_iter().flatten().next().expect("a square that can be read")
    }

    /// Where each stretch of text begins.
    pub(super) fn beginnings(&self) -> Vec<(f32, f32)> {
        let set = self.operations().into_iter().filter(|it| it.0 == "Tm");
        set.map(|it| (it.1[4], it.1[5])).collect()
    }

    /// Each path that is filled, as the reach of its parts: left, top, right, bottom.
    fn paths(&self) -> Vec<Vec<[f32; 4]>> {
        let mut paths = vec![Vec::<[f32; 4]>::new()];
        for (operator, numbers) in self.operations() {
            let path = paths.last_mut().unwrap();
            match (operator.as_str(), &*numbers) {
                ("re", &[x, y, width, height]) => path.push([x, y, x + width, y + height]),
                ("m", &[x, y]) => path.push([x, y, x, y]),
                ("l", &[x, y]) => {
                    if let Some([left, top, right, bottom]) = path.last_mut() {
                        (*left, *right) = (left.min(x), right.max(x));
                        (*top, *bottom) = (top.min(y), bottom.max(y));
                    }
                }
                ("f" | "f*" | "n", _) => paths.push(Vec::new()),
                _ => {}
            }
        }
        paths
    }

    fn operations(&self) -> Vec<(String, Vec<f32>)> {
        let page = self.0.get_pages()[&1];
        let content = Content::decode(&self.0.get_page_content(page)).unwrap();
        let numbers = |of: &[Object]| of.iter().filter_map(|it| it.as_float().ok()).collect();
        content.operations.iter().map(|it| (it.operator.clone(), numbers(&it.operands))).collect()
    }
}
