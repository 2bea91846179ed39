"""Who books the value: teams, streams and the company, what came back beside what it cost."""
