//! A picture as pixels, and its place in the text.

use super::xml::escape;
use crate::pdf::LetterError;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// Pixels for one unit of the drawing: about 200 to the inch on paper.
const SCALE: f32 = 2.0;
/// English metric units: 914,400 to the inch. A picture is as wide as the text (16 cm).
const WIDTH_EMU: u64 = 5_760_000;

/// The fonts of the letter; those of the machine would give other pixels elsewhere.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for data in typst_assets::fonts() {
        fonts.load_font_data(data.to_vec());
    }
    fonts.set_serif_family("Libertinus Serif");
    fonts.set_sans_serif_family("Libertinus Serif");
    Arc::new(fonts)
});

/// A picture drawn.
pub(super) struct Drawn {
    pub png: Vec<u8>,
    /// Height on paper in English metric units, when the picture is as wide as the text.
    pub height: u64,
}

/// Draws an SVG on white.
pub(super) fn draw(svg: &str) -> Result<Drawn, LetterError> {
    let fault = |why: String| LetterError::Word(format!("a picture could not be drawn: {why}"));
    let options = Options {
        font_family: "Libertinus Serif".to_owned(),
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| fault(error.to_string()))?;
    let size = tree.size().to_int_size();
    let whole = size.scale_by(SCALE).unwrap_or(size);
    let mut pixels = Pixmap::new(whole.width(), whole.height())
        .ok_or_else(|| fault("it has no size".to_owned()))?;
    pixels.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut pixels.as_mut(),
    );
    let png = pixels
        .encode_png()
        .map_err(|error| fault(error.to_string()))?;
    Ok(Drawn {
        png,
        height: WIDTH_EMU * u64::from(usvg::Size::height(&tree.size()).round() as u32)
            / u64::from((tree.size().width().round() as u32).max(1)),
    })
}

/// The run that shows picture `number`, with its description for those who can't see it.
pub(super) fn place(number: usize, height: u64, title: &str, alt: &str) -> String {
    let (title, alt) = (escape(title), escape(alt));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{WIDTH_EMU}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"Figuur {number}\" title=\"{title}\" descr=\"{alt}\"/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"image{number}.png\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rIdImage{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{WIDTH_EMU}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}
