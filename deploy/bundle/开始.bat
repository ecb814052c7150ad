@echo off
rem Finds a Python and hands over to start.py, which says everything else in Chinese.
setlocal
set "HERE=%~dp0"
set PYTHONUTF8=1
chcp 65001 >nul
if exist "%HERE%python\python.exe" (
    set "PYTHON=%HERE%python\python.exe"
    goto run
)
for %%V in (3.14 3.13 3.12 3.11) do (
    py -%%V -c "" >nul 2>nul
    if not errorlevel 1 (
        py -%%V "%HERE%start.py" %*
        goto end
    )
)
set "PYTHON=python"
python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto run
type "%HERE%no-python.txt"
pause
exit /b 1
:run
"%PYTHON%" "%HERE%start.py" %*
:end
set CODE=%ERRORLEVEL%
if not "%CODE%"=="0" pause
exit /b %CODE%
