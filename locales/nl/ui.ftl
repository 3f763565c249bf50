# Components: forms, alerts, tables.

tone-info = Let op
tone-ok = Gelukt
tone-warning = Waarschuwing
tone-error = Fout

form-error-title = Er is iets niet goed ingevuld
form-error-text = Deze tekst kunnen wij niet lezen. Verbeter de tekst.
form-error-required = Vul dit in.
form-error-choice = Kies een van de antwoorden.
form-error-number = Vul een heel getal in, zoals 17.
form-error-range = Vul een heel getal in van { $least } tot en met { $most }.
form-error-date = Vul een datum in, zoals 22-11-2026.
form-error-too-long = Deze tekst is { $n } tekens te lang. Er passen { $most } tekens.
form-error-twice = Dit is twee keer verstuurd. Vul het één keer in.
form-error-unknown-field = Dit formulier hoort niet bij deze pagina. Open de pagina opnieuw.
form-optional = (niet verplicht)
form-choose = Kies …

deadline-overdue = { $n ->
    [one] { $n } dag te laat
   *[other] { $n } dagen te laat
}
deadline-today = Vandaag
deadline-left = { $n ->
    [one] Nog { $n } dag
   *[other] Nog { $n } dagen
}

ui-filters = Filters
ui-filters-all = Toon alle
ui-pages = Bladeren
ui-page = Pagina
ui-previous = Vorige
ui-next = Volgende
ui-breadcrumbs = U bent hier

confirm-consequences = Dit gebeurt er als u doorgaat:
confirm-cancel = Nee, terug
