# The frame around the pages of professionals.

work-sign-out = Sign out
work-navigation = My work
