//! The ten acceptance scenarios, each as far as the program reaches. All people are invented.
//!
//! A scenario is a module `sN_name`: it walks the real binary over HTTP, on both stores, through the pages that its people would use, and asserts
//! what must happen and, each with a name of its own ([`checks::MustNot`]), what must never happen. A step that the program cannot take yet is
//! named as such in the module's first lines and is not written down as a passing test.
//!
//! What they share: [`country`] (a fresh country with nobody's story in it, and the people who work there), [`somebody`] (a person with a
//! browser), [`steps`] (what every story does) and [`checks`] (what may never be).

mod checks;
mod country;
mod somebody;
mod steps;

mod s10_letter;
mod s1_ilinca;
mod s2_blessing;
mod s3_daan;
mod s4_noa;
mod s5_minh;
mod s6_karima;
mod s7_grace;
mod s8_network;
mod s9_ewa;
