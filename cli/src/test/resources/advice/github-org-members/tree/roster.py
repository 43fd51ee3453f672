import csv
import sys

from github import Github

gh = Github(login_or_token="@@github@@")
writer = csv.writer(sys.stdout)
for member in gh.get_organization("acme").get_members():
    writer.writerow([member.login, member.name, member.email])
