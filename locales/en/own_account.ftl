# My account.

account-name = Name
account-organisation = Organisation
account-roles = What you do here
account-factor = Code last shown
account-factor-fresh = Still valid
account-factor-old = New code needed
account-factor-again = Show a new code
account-done-fresh = The code is right. You can go on.
account-sessions = Where you are signed in
account-sessions-lead = Is there one that you do not know? Then sign out everywhere and choose a new password.
account-sessions-caption = Your sessions
account-session-began = Began
account-session-used = Last used
account-session-ends = Ends at the latest
account-sessions-end = Sign out everywhere
account-password = New password
account-password-lead = After the change you sign in again, on other devices too.
account-password-present = Present password
account-password-new = New password
account-password-hint = At least 12 characters. A short sentence works well.
account-password-again = New password once more
account-password-button = Change the password
account-password-differs = The two new passwords are not the same.
account-password-wrong = This is not your present password.
account-password-length = Choose a password of 12 to 200 characters.
