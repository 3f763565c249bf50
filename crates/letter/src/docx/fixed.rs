//! The parts of the package that hold no text of the letter: styles, list marks, settings, head and foot, properties.

use super::body::{DECLARATION, SPACES};
use super::xml::{escape, language};
use crate::compose::Document;
use crate::pdf::Stamp;
use crate::phrases::Lang;

pub(super) const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Default Extension=\"png\" ContentType=\"image/png\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
    "</Types>"
);

pub(super) const ROOT_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    "</Relationships>"
);

pub(super) const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>Samen</Application></Properties>"
);

pub(super) const NUMBERING: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>",
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>",
    "<w:pPr><w:ind w:left=\"357\" w:hanging=\"357\"/></w:pPr></w:lvl></w:abstractNum>",
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
);

/// Title, author, language and date; screen readers announce the title.
pub(super) fn core(document: &Document, stamp: Stamp) -> String {
    let title = match (document.made_up, document.lang) {
        (false, _) => escape(&document.title),
        (true, Lang::Nl) => format!("[verzonnen] {}", escape(&document.title)),
        (true, Lang::En) => format!("[made up] {}", escape(&document.title)),
    };
    // Word reads whole seconds only.
    let at = stamp.frozen_at.strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>{}</dc:language>\
         <cp:version>{}</cp:version>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>",
        escape(&document.running_head),
        escape(&document.author),
        language(document.lang),
        escape(&document.edition),
    )
}

pub(super) fn settings(lang: Lang) -> String {
    format!(
        "{DECLARATION}<w:settings {SPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/>\
         <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\"/></w:settings>",
        language(lang)
    )
}

pub(super) fn relations(pictures: usize) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let one = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>")
    };
    let mut all = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFootnotes", "footnotes", "footnotes.xml"),
        ("rIdHeader", "header", "header1.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ]
    .map(|(id, kind, target)| one(id, kind, target))
    .concat();
    for n in 1..=pictures {
        all.push_str(&one(
            &format!("rIdImage{n}"),
            "image",
            &format!("media/image{n}.png"),
        ));
    }
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// Dossier and edition above each page; a made-up letter says so there.
pub(super) fn header(document: &Document) -> String {
    let phrases = document.lang.phrases();
    let edition = format!("{} {}", phrases.edition, document.edition);
    let mut words = format!("{} · {edition}", document.running_head);
    if document.made_up {
        words = format!("{words} · {}", phrases.made_up_short);
    }
    format!(
        "{DECLARATION}<w:hdr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:hdr>",
        escape(&words)
    )
}

pub(super) fn footer(document: &Document) -> String {
    let phrases = document.lang.phrases();
    let field = |name: &str| {
        format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    let words = |text: &str| {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(text)
        )
    };
    format!(
        "{DECLARATION}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}{}{}{}</w:p></w:ftr>",
        words(&format!("{} ", phrases.page)),
        field("PAGE"),
        words(&format!(" {} ", phrases.page_of)),
        field("NUMPAGES"),
    )
}

/// A style of paragraphs: its name in Word, what it is based on, and its properties of paragraph and letters.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    letters: &'static str,
}

const fn style(
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    letters: &'static str,
) -> Style {
    Style {
        id,
        name,
        paragraph,
        letters,
    }
}

/// Names that Word knows by itself keep their meaning in every language of Word.
const STYLES: &[Style] = &[
    style("BodyText", "Body Text", "<w:spacing w:after=\"140\"/>", ""),
    style(
        "LetterHead",
        "Letter Head",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1418\"/></w:tabs><w:spacing w:after=\"140\"/><w:ind w:left=\"1418\" w:hanging=\"1418\"/>",
        "",
    ),
    style(
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:spacing w:before=\"280\" w:after=\"200\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:color w:val=\"154273\"/><w:sz w:val=\"34\"/>",
    ),
    style(
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:spacing w:before=\"320\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:color w:val=\"154273\"/><w:sz w:val=\"27\"/>",
    ),
    style(
        "Heading3",
        "heading 3",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"100\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/><w:sz w:val=\"23\"/>",
    ),
    style(
        "Heading4",
        "heading 4",
        "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"3\"/>",
        "<w:b/>",
    ),
    style(
        "Notice",
        "Letter Notice",
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"8A5A00\"/><w:left w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"8A5A00\"/><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"8A5A00\"/><w:right w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"8A5A00\"/></w:pBdr><w:spacing w:after=\"200\"/>",
        "",
    ),
    style(
        "Goal",
        "Letter Goal",
        "<w:spacing w:after=\"120\"/><w:ind w:left=\"357\"/>",
        "",
    ),
    style(
        "Fact",
        "Letter Fact",
        "<w:spacing w:after=\"40\"/>",
        "<w:sz w:val=\"20\"/>",
    ),
    style(
        "ListBullet",
        "List Bullet",
        "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"357\" w:hanging=\"357\"/>",
        "",
    ),
    style(
        "Caption",
        "caption",
        "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/>",
        "<w:b/><w:sz w:val=\"20\"/>",
    ),
    style(
        "Picture",
        "Letter Picture",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"40\"/>",
        "",
    ),
    style(
        "PictureCaption",
        "Letter Picture Caption",
        "<w:spacing w:after=\"160\"/>",
        "<w:b/><w:sz w:val=\"20\"/>",
    ),
    style(
        "TableText",
        "Letter Table Text",
        "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"18\"/>",
    ),
    style(
        "TableNote",
        "Letter Table Note",
        "<w:spacing w:before=\"60\" w:after=\"120\"/>",
        "<w:sz w:val=\"18\"/>",
    ),
    style(
        "TableEnd",
        "Letter Table End",
        "<w:spacing w:after=\"0\"/>",
        "<w:sz w:val=\"12\"/>",
    ),
    style(
        "Signature",
        "Signature",
        "<w:keepLines/><w:spacing w:before=\"480\" w:after=\"360\"/>",
        "",
    ),
    style(
        "FootnoteText",
        "footnote text",
        "<w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"18\"/>",
    ),
    style(
        "Header",
        "header",
        "",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/>",
    ),
    style(
        "Footer",
        "footer",
        "<w:jc w:val=\"right\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/>",
    ),
];

pub(super) fn styles(lang: Lang) -> String {
    let paragraphs: String = STYLES
        .iter()
        .map(|style| {
            let Style {
                id,
                name,
                paragraph,
                letters,
            } = style;
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
                 <w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>\n"
            )
        })
        .collect();
    let line = |side: &str, size: u8| {
        format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"8A8F98\"/>")
    };
    format!(
        "{DECLARATION}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>\
         <w:lang w:val=\"{}\" w:eastAsia=\"{}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\n\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\n\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>\n\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n\
         {paragraphs}\
         <w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\n\
         <w:style w:type=\"table\" w:styleId=\"LetterTable\"><w:name w:val=\"Letter Table\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{}{}{}</w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EDF3\"/></w:tcPr></w:tblStylePr></w:style>\n\
         </w:styles>",
        language(lang),
        language(lang),
        line("top", 8),
        line("bottom", 8),
        line("insideH", 4),
    )
}
