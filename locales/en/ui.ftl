# Components: forms, alerts, tables.

tone-info = Note
tone-ok = Done
tone-warning = Warning
tone-error = Error

form-error-title = Something is not filled in correctly
form-error-text = We cannot read this text. Correct the text.
form-error-required = Fill this in.
form-error-choice = Choose one of the answers.
form-error-number = Fill in a whole number, such as 17.
form-error-range = Fill in a whole number from { $least } to { $most }.
form-error-date = Fill in a date, such as 22-11-2026.
form-error-too-long = This text is { $n } characters too long. There is room for { $most } characters.
form-error-twice = This was sent twice. Fill it in once.
form-error-unknown-field = This form does not belong to this page. Open the page again.
form-optional = (optional)
form-choose = Choose …

deadline-overdue = { $n ->
    [one] { $n } day overdue
   *[other] { $n } days overdue
}
deadline-today = Today
deadline-left = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}

ui-filters = Filters
ui-filters-all = Show all
ui-pages = Pages
ui-page = Page
ui-previous = Previous
ui-next = Next
ui-breadcrumbs = You are here

confirm-consequences = This happens when you go on:
confirm-cancel = No, go back
