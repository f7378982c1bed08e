//! The parts of the screens, one a file. They hold no rules and touch no web API but the elements they show.
#![allow(
    unreachable_pub,
    reason = "a component's macro makes a second function of it, which is not re-exported"
)]

pub(crate) mod activation_form;
pub(crate) mod address_fields;
pub(crate) mod address_sheet;
pub(crate) mod app_notices;
pub(crate) mod attribute_fields;
pub(crate) mod attribute_words;
pub(crate) mod bar;
pub(crate) mod card_sheet;
pub(crate) mod carried;
pub(crate) mod checks;
pub(crate) mod connection_pill;
pub(crate) mod contact_fields;
pub(crate) mod customer_actions;
pub(crate) mod customer_addresses;
pub(crate) mod customer_attributes;
pub(crate) mod customer_checks;
pub(crate) mod customer_facts;
pub(crate) mod customer_form;
pub(crate) mod customer_head;
pub(crate) mod device_notice;
pub(crate) mod draft;
pub(crate) mod draft_address;
pub(crate) mod draft_attribute;
pub(crate) mod draft_contact;
pub(crate) mod draft_field;
pub(crate) mod duplicates;
pub(crate) mod edit_sheet;
pub(crate) mod export_button;
pub(crate) mod finder;
pub(crate) mod fold_out;
pub(crate) mod forget_sheet;
pub(crate) mod form_sheet;
pub(crate) mod gate;
pub(crate) mod job_lines;
pub(crate) mod local_time;
pub(crate) mod loss_notice;
pub(crate) mod more_fields;
pub(crate) mod name_lists;
pub(crate) mod new_customer_sheet;
pub(crate) mod nothing_found;
pub(crate) mod operation_row;
pub(crate) mod operation_state;
pub(crate) mod outcome;
pub(crate) mod page_title;
pub(crate) mod rail;
pub(crate) mod receipt_fields;
pub(crate) mod remove_button;
pub(crate) mod result_row;
pub(crate) mod results;
pub(crate) mod save_route;
pub(crate) mod search_all;
pub(crate) mod search_keys;
pub(crate) mod shell;
pub(crate) mod sign_in_form;
pub(crate) mod stage_line;
pub(crate) mod storage_line;
pub(crate) mod unreadable_lines;
pub(crate) mod viewed;
pub(crate) mod words;
