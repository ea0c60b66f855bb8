//! A sheet of 1600 × 1200 units on which scenes are drawn, as SVG.

use std::fmt::Write;

use super::colour::Colour;
use crate::random::Random;

pub(super) const WIDTH: f32 = 1600.0;
pub(super) const HEIGHT: f32 = 1200.0;

/// What a scene draws on. Coordinates run right and down; later shapes lie on top.
#[derive(Debug)]
pub(super) struct Canvas {
    out: String,
    pub(super) random: Random,
    /// The last motif drawn by a child, so that neighbours differ.
    pub(super) motif: usize,
}

impl Canvas {
    pub(super) fn new(random: Random) -> Self {
        Self { out: String::with_capacity(48_000), random, motif: 0 }
    }

    pub(super) fn into_shapes(self) -> String {
        self.out
    }

    /// Appends SVG. Writing to a `String` cannot fail.
    pub(super) fn raw(&mut self, svg: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(svg);
        self.out.push('\n');
    }

    pub(super) fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, fill: Colour) {
        self.raw(format_args!(r#"<rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" fill="{fill}"/>"#));
    }

    pub(super) fn rounded(&mut self, x: f32, y: f32, w: f32, h: f32, radius: f32, fill: Colour) {
        self.raw(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" rx="{radius:.1}" fill="{fill}"/>"#
        ));
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, fill: Colour) {
        self.raw(format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{fill}"/>"#));
    }

    pub(super) fn ring(&mut self, x: f32, y: f32, radius: f32, stroke: Colour, width: f32) {
        self.raw(format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="none" stroke="{stroke}" stroke-width="{width:.1}"/>"#));
    }

    pub(super) fn ellipse(&mut self, x: f32, y: f32, rx: f32, ry: f32, fill: Colour) {
        self.raw(format_args!(r#"<ellipse cx="{x:.1}" cy="{y:.1}" rx="{rx:.1}" ry="{ry:.1}" fill="{fill}"/>"#));
    }

    /// A soft shadow on the ground.
    pub(super) fn shadow(&mut self, x: f32, y: f32, rx: f32) {
        let ry = rx * 0.2;
        self.raw(format_args!(
            r##"<ellipse cx="{x:.1}" cy="{y:.1}" rx="{rx:.1}" ry="{ry:.1}" fill="#22304a" opacity=".16"/>"##
        ));
    }

    pub(super) fn path(&mut self, d: &str, fill: Colour) {
        self.raw(format_args!(r#"<path d="{d}" fill="{fill}"/>"#));
    }

    pub(super) fn faint(&mut self, d: &str, fill: Colour, opacity: f32) {
        self.raw(format_args!(r#"<path d="{d}" fill="{fill}" opacity="{opacity:.2}"/>"#));
    }

    pub(super) fn stroke(&mut self, d: &str, stroke: Colour, width: f32) {
        self.raw(format_args!(
            r#"<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:.1}" stroke-linecap="round" stroke-linejoin="round"/>"#
        ));
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Colour, width: f32) {
        self.stroke(&format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1), stroke, width);
    }

    pub(super) fn polygon(&mut self, points: &[(f32, f32)], fill: Colour) {
        let mut d = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' });
        }
        d.push('Z');
        self.path(&d, fill);
    }

    /// Draws moved to `(x, y)`, enlarged by `scale` (negative in `x` when mirrored), turned by degrees.
    pub(super) fn at(&mut self, x: f32, y: f32, scale: f32, mirrored: bool, turn: f32, draw: impl FnOnce(&mut Self)) {
        let across = if mirrored { -scale } else { scale };
        self.raw(format_args!(
            r#"<g transform="translate({x:.1} {y:.1}) rotate({turn:.1}) scale({across:.3} {scale:.3})">"#
        ));
        draw(self);
        self.out.push_str("</g>\n");
    }

    /// A vertical gradient over a rectangle.
    pub(super) fn fade(&mut self, (x, y, w, h): (f32, f32, f32, f32), top: Colour, bottom: Colour) {
        let id = self.out.len();
        self.raw(format_args!(
            r#"<linearGradient id="g{id}" x2="0" y2="1"><stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient><rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" fill="url(#g{id})"/>"#
        ));
    }
}
