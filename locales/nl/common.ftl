# Texts that every page uses.

site-title = Informatie
work-title = Samen
made-up-label = Oefenomgeving
made-up-banner = Dit is een oefenomgeving. Alle mensen en gegevens zijn verzonnen.

leave-page = Verlaat deze pagina
skip-to-content = Naar de inhoud
language-switch = Taal
footer-navigation = Over deze site

date-long = { $day } { $month } { $year }
date-moment = { $date }, { $time }
date-month = { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
date-today = vandaag
date-tomorrow = morgen
date-yesterday = gisteren
date-in-days = over { $n ->
    [one] { $n } dag
   *[other] { $n } dagen
}
date-days-ago = { $n ->
    [one] { $n } dag
   *[other] { $n } dagen
} geleden

safety-link = Veilig op internet
mailbox-link = Mijn berichten
privacy-link = Privacy
accessibility-link = Toegankelijkheid
